'use strict';
const { stopped } = require('./lifecycle.cjs');
const { render } = require('./pages.cjs');

async function answer(path) {
  const page = render(path);
  const result = await (process.env.LEAK_FIXED ? page : Promise.race([page, stopped()]));
  return result === 'closing' ? { status: 503, body: '' } : result;
}

module.exports = { answer };
