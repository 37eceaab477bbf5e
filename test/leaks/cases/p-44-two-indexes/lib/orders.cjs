'use strict';
const byId = new Map();
const byNumber = new Map();
const byCustomer = new Map();

class OrderLine {
  constructor(sku, quantity) {
    this.sku = sku;
    this.quantity = quantity;
  }
}

class Order {
  constructor(id, customer, skus) {
    this.id = id;
    this.number = `2024-${id}`;
    this.customer = customer;
    this.lines = skus.map((sku, n) => new OrderLine(sku, n + 1));
  }
}

function place(id, customer, skus) {
  const order = new Order(id, customer, skus);
  byId.set(id, order);
  byNumber.set(order.number, order);
  if (!byCustomer.has(customer)) byCustomer.set(customer, new Set());
  byCustomer.get(customer).add(order);
  return order;
}

function complete(id) {
  const order = byId.get(id);
  byId.delete(id);
  if (!process.env.LEAK_FIXED) return;
  byNumber.delete(order.number);
  byCustomer.get(order.customer).delete(order);
}

module.exports = { place, complete };
