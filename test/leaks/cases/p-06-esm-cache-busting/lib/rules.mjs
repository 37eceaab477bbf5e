// Discount rules; edited by the business at run time.
export const tiers = [1, 2, 3, 4, 5, 6, 7, 8].map((tier) => ({ tier, minimum: tier * 250, rate: tier / 100 }));

export function discount(total) {
  const reached = tiers.filter(({ minimum }) => total >= minimum);
  return total * (reached.at(-1)?.rate ?? 0);
}
