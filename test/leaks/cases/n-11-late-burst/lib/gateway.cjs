'use strict';
class Gateway {
  constructor(upstream) {
    this.upstream = upstream;
    this.done = 0;
  }
  async handle(request) {
    const context = {
      request,
      headers: Object.fromEntries(Array.from({ length: 20 }, (_, n) => ['x-h' + n, request.id + '-' + n])),
      started: Date.now(),
    };
    const answer = await this.upstream.fetch('/orders/' + request.id);
    this.done += answer.status === 200 && context.headers['x-h3'] ? 1 : 0;
  }
}
module.exports = { Gateway };
