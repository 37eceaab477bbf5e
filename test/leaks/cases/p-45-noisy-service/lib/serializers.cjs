'use strict';
const compiled = new Map();

function serializer(type) {
  if (!compiled.has(type)) {
    const body = Array.from({ length: 12 }, (_, n) => `'"${type}_${n}":' + (row.f${n} ?? null)`).join(" + ',' + ");
    compiled.set(type, new Function('row', `return '{' + ${body} + '}';`));
  }
  return compiled.get(type);
}

module.exports = { serializer };
