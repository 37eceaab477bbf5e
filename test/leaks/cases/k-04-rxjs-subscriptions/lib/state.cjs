'use strict';
const { BehaviorSubject } = require('rxjs');

const state$ = new BehaviorSubject({ revision: 0, prices: {} });

function update(sku, price) {
  const { revision, prices } = state$.value;
  state$.next({ revision: revision + 1, prices: { ...prices, [sku]: price } });
}

module.exports = { state$, update };
