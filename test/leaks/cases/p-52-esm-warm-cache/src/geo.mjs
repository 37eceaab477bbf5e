// Places by IP prefix: a bounded cache, full after the warm-up.
const MOST = 2000;
const places = new Map();

export class Place {
  constructor(prefix) {
    this.prefix = prefix;
    this.city = 'city-' + (prefix % 300);
    this.zones = ['a', 'b'].map((z) => ({ name: z + prefix, offset: prefix % 24 }));
  }
}

export function placeOf(prefix) {
  let place = places.get(prefix);
  if (!place) {
    place = new Place(prefix);
    places.set(prefix, place);
    if (places.size > MOST) places.delete(places.keys().next().value);
  }
  return place;
}
