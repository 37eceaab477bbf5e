'use strict';
// What healthy services do beside a leak: profiles of the users seen lately, at most 200, warm before the first capture.
const recent = new Map();
function profile(i) {
  const id = 'user' + ((i * 7919) % 450);
  let found = recent.get(id);
  if (!found) {
    found = JSON.parse(JSON.stringify({ id, roles: ['reader', 'writer'], limits: { day: i, month: i * 30 } }));
    recent.set(id, found);
    if (recent.size > 200) recent.delete(recent.keys().next().value);
  }
  return found;
}
module.exports = { profile };
