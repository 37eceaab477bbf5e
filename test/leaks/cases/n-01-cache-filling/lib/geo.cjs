'use strict';
const { lookup } = require('./geo-cache.cjs');

const COUNTRIES = ['de', 'fr', 'it', 'se', 'pt'];

class Place {
  constructor(ip) {
    this.ip = ip;
    this.country = COUNTRIES[ip.length % COUNTRIES.length];
    this.networks = [`${ip}/24`, `${ip}/16`];
    this.position = { latitude: ip.length * 3.3, longitude: ip.length * 1.7 };
  }
}

module.exports = { locate: (ip) => lookup(ip, (missing) => new Place(missing)) };
