'use strict';
const DataLoader = require('dataloader');
const { loadMany } = require('./articles.cjs');

const articles = new DataLoader(loadMany);

function load(id) {
  return (process.env.LEAK_FIXED ? new DataLoader(loadMany) : articles).load(id);
}

module.exports = { load };
