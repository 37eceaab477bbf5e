'use strict';
const tracer = require('./tracer.cjs');

class RequestInfo {
  constructor(id, route) {
    this.id = id;
    this.route = route;
  }
}

const perRoute = new Map();

async function handle(id, route) {
  tracer.enter(new RequestInfo(id, route));
  await new Promise((resolve) => process.nextTick(resolve));
  await load(route);
  perRoute.set(route, (perRoute.get(route) ?? 0) + 1);
  return perRoute.get(route);
}

const load = async (route) => route.length;

module.exports = { handle };
