'use strict';

/** What a request carries through the service: who asked, and where its time went. */
class RequestContext {
  constructor(id, request) {
    this.id = id;
    this.startedAt = performance.now();
    this.method = request.method;
    this.url = request.url;
    this.headers = { ...request.headers };
    this.marks = [];
  }

  /** Notes that the request has got as far as `name`. */
  mark(name) {
    this.marks.push({ name, ms: performance.now() - this.startedAt });
  }
}

module.exports = { RequestContext };
