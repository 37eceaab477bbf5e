'use strict';
const { gql } = require('graphql-tag');

const BY_VARIABLE = (fields) => gql`query Product($id: ID!) { product(id: $id) { ${fields} } }`;

function productQuery(id, fields) {
  if (process.env.LEAK_FIXED) return BY_VARIABLE(fields);
  return gql`query Product { product(id: "${id}") { ${fields} } }`;
}

module.exports = { productQuery };
