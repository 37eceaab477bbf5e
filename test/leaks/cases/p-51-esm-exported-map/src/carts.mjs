export const openCarts = new Map();
export let revision = 0;

export class Cart {
  constructor(id, owner) {
    this.id = id;
    this.owner = owner;
    this.lines = [];
  }
}

export function touch() {
  revision++;
}
