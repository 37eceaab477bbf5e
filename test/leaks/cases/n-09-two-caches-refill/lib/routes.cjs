'use strict';
// Parsed routes of the current release.
let parsed = new Map();
let release = 0;

class Route {
  constructor(path) {
    this.parts = path.split('/').map((name) => ({ name, isParameter: name.startsWith(':'), weight: name.length / 3 }));
    this.release = release;
  }
}

function route(path) {
  let found = parsed.get(path);
  if (!found) {
    found = new Route(path);
    parsed.set(path, found);
  }
  return found;
}

function deploy() {
  release++;
  parsed = new Map();
}

module.exports = { route, deploy };
