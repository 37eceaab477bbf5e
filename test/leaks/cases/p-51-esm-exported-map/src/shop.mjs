import { Cart, openCarts, revision, touch } from './carts.mjs';

export function order(id, owner) {
  const cart = new Cart(id, owner);
  openCarts.set(id, cart);
  for (let n = 0; n < 6; n++) cart.lines.push({ sku: 'sku ' + n + ' of ' + id, price: n + 1 });
  touch();
  const total = cart.lines.reduce((sum, { price }) => sum + price, 0);
  if (process.env.LEAK_FIXED) openCarts.delete(id);
  return total + (revision % 2);
}
