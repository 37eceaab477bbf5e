'use strict';
const counts = new Map();

function execute(document) {
  const [operation] = document.definitions;
  const name = operation.name.value;
  counts.set(name, (counts.get(name) ?? 0) + 1);
  return operation.selectionSet.selections[0].selectionSet.selections.length;
}

module.exports = { execute };
