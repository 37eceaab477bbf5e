'use strict';
const http = require('node:http');

const shared = new http.Agent({ keepAlive: true, maxSockets: 2 });

function getJson(port, path) {
  const agent = process.env.LEAK_FIXED ? shared : new http.Agent({ keepAlive: true });
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
    });
    request.on('error', reject);
  });
}

module.exports = { getJson };
