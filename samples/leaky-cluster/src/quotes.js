'use strict';
const { LruCache } = require('./lru-cache');
const { renderQuote } = require('./page');
const { TARIFF_VERSION, fetchRate, priceParcel } = require('./rates');
const { sendNotModified, sendPage } = require('./respond');

const pages = new LruCache(400);

/** GET /quotes/:zone/:grams: what it costs to send a parcel. */
async function showQuote(context, request, response, { zone, grams }) {
  const etag = `"${TARIFF_VERSION}-${zone}-${grams}"`;
  // A page depends on nothing but its address and the tariff: while those stay, so does the page.
  if (request.headers['if-none-match'] === etag) {
    sendNotModified(context, response, etag);
    return;
  }
  const page = pages.get(etag) ?? (await makePage(context, zone, Number(grams)));
  if (page === null) {
    sendPage(context, response, 404, `We do not ship to ${zone}.\n`);
    return;
  }
  pages.set(etag, page);
  sendPage(context, response, 200, page, { etag, 'content-type': 'text/html; charset=utf-8' });
}

async function makePage(context, zone, grams) {
  const rate = await fetchRate(context.id, zone);
  if (rate === null) return null;
  context.mark('price');
  return renderQuote(zone, grams, priceParcel(rate, grams));
}

module.exports = { showQuote };
