/** Exact money: decimal numbers at the edges, whole minor units inside. */

const digits = new Map<string, number>();

/** Minor digits of an ISO 4217 currency, as people write it (RUB 2, JPY 0, KWD 3); 2 for a code nobody knows. */
export function minorDigits(currency: string): number {
  // Most shops, and no need to ask for a table that a page may not have loaded yet.
  if (/^(USD|EUR|RUB|GBP)$/.test(currency)) return 2;
  let known = digits.get(currency);
  if (known === undefined) {
    try {
      known = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    } catch {
      known = 2;
    }
    digits.set(currency, known);
  }
  return known;
}

/** A decimal amount as whole minor units. The string detour keeps 1.005 and 8.165 from falling to the wrong side. */
export function toMinor(amount: number, currency: string): number {
  return Math.round(Number(`${amount}e${minorDigits(currency)}`)) || 0;
}

export function fromMinor(minor: number, currency: string): number {
  return Number(`${minor}e-${minorDigits(currency)}`);
}

/** The amount as people of the locale read it: whole amounts without a decimal part ("1 290 ₽", "$115"). */
export function formatMoney(amount: number, currency: string, locale: string): string {
  const whole = Number.isInteger(amount);
  try {
    return new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      ...(whole ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {}),
    }).format(amount);
  } catch {
    return `${amount} ${currency}`;
  }
}
