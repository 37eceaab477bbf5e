'use strict';
const detectors = new Set();

function register(detector) {
  detectors.add(detector);
}

function detect(text) {
  for (const detector of detectors) if (detector(text)) return true;
  return false;
}

module.exports = { register, detect, forget: (detector) => detectors.delete(detector) };
