'use strict';
/** Every place a parcel can go to, in memory: loaded with this module, never changed afterwards. */

const PLACES = 25_000;
const SYLLABLES = [
  'bra',
  'chel',
  'dor',
  'fen',
  'gal',
  'hol',
  'kin',
  'lam',
  'mor',
  'nes',
  'pol',
  'rav',
  'sten',
  'tor',
  'wick',
];

class Place {
  constructor(id, name, zone) {
    this.id = id;
    this.name = name;
    this.zone = zone;
    this.code = `${zone}-${String(id).padStart(6, '0')}`;
    this.card = makeCard(this);
    this.carriers = [id % 7, id % 11, id % 13];
  }
}

const places = Array.from({ length: PLACES }, (_, id) => new Place(id, makeName(id), id % 40));
const byWord = indexByWord(places);

/** What is printed on a parcel's label and shown on maps, about 1.6 kB. */
function makeCard({ name, zone, code }) {
  const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  const hours = days.map(
    (day, at) => `<dt>${day}</dt><dd>${7 + (zone % 3)}:30 to ${16 + (at % 3)}:00, gate ${at + 1}</dd>`,
  );
  const lines = Array.from(
    { length: 20 },
    (_, at) => `<li>${code}-${at}: ${name}, hall ${at}, row ${zone + at}, shelf</li>`,
  );
  return [`<article id="${code}"><h1>${name}</h1><dl>`, ...hours, '</dl><ul>', ...lines, '</ul></article>'].join('');
}

/** Stands in for a file or a table: the same places in every process. */
function makeName(id) {
  const syllable = (shift) => SYLLABLES[Math.floor(id / SYLLABLES.length ** shift) % SYLLABLES.length];
  return `${syllable(0)}${syllable(1)} ${syllable(2)}${syllable(3)}`;
}

function indexByWord(list) {
  const index = new Map();
  for (const place of list) {
    for (const word of place.name.split(' ')) {
      const found = index.get(word);
      if (found) found.push(place);
      else index.set(word, [place]);
    }
  }
  return index;
}

/** The first places with that word in their name. */
function findPlaces(word) {
  return (byWord.get(word) ?? []).slice(0, 10).map(({ id, name, code }) => ({ id, name, code }));
}

function readPlace(id) {
  return places[id % places.length];
}

function countPlaces() {
  return places.length;
}

module.exports = { findPlaces, readPlace, countPlaces };
