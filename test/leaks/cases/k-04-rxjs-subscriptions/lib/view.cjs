'use strict';
const { map, distinctUntilChanged } = require('rxjs');
const { state$ } = require('./state.cjs');

class CartView {
  constructor(user, sku) {
    this.user = user;
    this.price = null;
    this.subscription = state$
      .pipe(
        map(({ prices }) => prices[sku]),
        distinctUntilChanged(),
      )
      .subscribe((price) => {
        this.price = price;
      });
  }

  close() {
    if (process.env.LEAK_FIXED) this.subscription.unsubscribe();
  }
}

module.exports = { CartView };
