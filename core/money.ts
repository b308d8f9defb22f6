/** Exact money: decimal numbers at the edges, whole minor units inside. */

/** Tables, since a page that asks `Intl` pays with a long task. Units that nobody pays in (CLF, UYI, UYW) are left out. */
const NONE = /^(BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|VND|VUV|X[AOP]F)$/i;
const THREE = /^(BHD|IQD|JOD|KWD|LYD|OMR|TND)$/i;

/** ISO 4217 minor digits of a currency (RUB 2, JPY 0, KWD 3); 2 for a code nobody knows. */
export const minorDigits = (currency: string): number => (NONE.test(currency) ? 0 : THREE.test(currency) ? 3 : 2);

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
