'use strict';
const http = require('node:http');

const ZONES = ['domestic', 'europe', 'north-america', 'asia', 'elsewhere'];
/** More pages than the service's cache keeps, so that the cache works as it does in production. */
const WEIGHTS = 120;
/** As long as the signed tokens that partners get. */
const TOKEN_LENGTH = 1_500;
const REQUEST_LIMIT_MS = 30_000;
/** Node's cluster deals connections out in turn; this many more than needed are tried before giving up. */
const SPARE_CONNECTIONS = 50;

/**
 * One shop: a single keep-alive connection, so that all its requests reach the same worker. It sends one request at
 * a time and asks for every page twice, the second time with the ETag of the first, as browsers do on a reload.
 */
class Shop {
  #agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  #sent = 0;
  #etag = null;

  constructor(url, number) {
    this.url = url;
    this.number = number;
  }

  /** Opens the connection. Resolves with the id of the worker at its other end. */
  async connect() {
    const { headers } = await this.#get('/status', {});
    return headers['x-worker'];
  }

  /** Sends `count` requests, one after the other. */
  async order(count) {
    for (let sent = 0; sent < count; sent++) {
      const { statusCode, headers } = await this.#get(
        this.#nextPath(),
        this.#etag ? { 'if-none-match': this.#etag } : {},
      );
      const expected = this.#etag ? 304 : 200;
      if (statusCode !== expected) throw new Error(`the service answered ${statusCode}, not ${expected}`);
      this.#etag = this.#etag ? null : headers.etag;
      this.#sent += 1;
    }
  }

  close() {
    this.#agent.destroy();
  }

  #nextPath() {
    const page = Math.floor(this.#sent / 2) + this.number * 7;
    return `/quotes/${ZONES[page % ZONES.length]}/${250 * (1 + (page % WEIGHTS))}`;
  }

  #get(path, headers) {
    const shop = {
      accept: 'text/html',
      'accept-language': 'en-GB,en;q=0.8',
      authorization: `Bearer ${String(this.number).padEnd(TOKEN_LENGTH, 'x')}`,
      'user-agent': `shop-${this.number}/3.2 (checkout)`,
      'x-shop': `shop-${this.number}`,
      traceparent: `00-${String(this.#sent).padStart(32, '0')}-${String(this.number).padStart(16, '0')}-01`,
    };
    return new Promise((resolve, reject) => {
      const request = http.get(
        this.url + path,
        { agent: this.#agent, headers: { ...shop, ...headers } },
        (response) => {
          response.resume();
          response.once('error', reject);
          response.once('end', () => resolve(response));
        },
      );
      request.setTimeout(REQUEST_LIMIT_MS, () => request.destroy(new Error(`no answer to ${path}`)));
      request.once('error', reject);
    });
  }
}

/** Opens connections until each of the `workers` serves `shopsPerWorker` shops: then the share of each is known. */
async function openShops({ url, workers, shopsPerWorker }) {
  const shops = new Map(workers.map((worker) => [worker.id, []]));
  const wanted = workers.length * shopsPerWorker;
  for (let number = 1; number <= wanted + SPARE_CONNECTIONS; number++) {
    const shop = new Shop(url, number);
    const served = shops.get(await shop.connect());
    if (served && served.length < shopsPerWorker) served.push(shop);
    else shop.close();
    if ([...shops.values()].every((list) => list.length === shopsPerWorker)) return [...shops.values()].flat();
  }
  closeShops([...shops.values()].flat());
  throw new Error('the workers did not share the connections evenly');
}

/** All shops at once, `count` requests each. */
async function sendOrders(shops, count) {
  await Promise.all(shops.map((shop) => shop.order(count)));
}

function closeShops(shops) {
  for (const shop of shops) shop.close();
}

module.exports = { openShops, sendOrders, closeShops };
