/** Prices and currencies as pages and feeds write them. What can be read in two ways is read in none. */

/** A decimal amount above zero, or null. */
export const priceOf = (value: unknown): number | null => amountOf(value) || null;

/** A decimal amount, zero included (an order paid with a full discount), or null. */
export function amountOf(value: unknown): number | null {
  const amount = typeof value === 'number' ? value : typeof value === 'string' ? parsed(value) : Number.NaN;
  return amount >= 0 && amount < 1e12 ? amount : null;
}

function parsed(text: string): number {
  // One run of digits with the marks between them: "Rs 3,771.93", "1 370 руб.", "1'290,50 CHF".
  const runs = western(text.replace(/&nbsp;/g, ' ')).match(/-?\d(?:[\d.,'’\s]*\d)?/g) ?? [];
  const run = runs.length === 1 ? (runs[0] ?? '').replace(/[\s'’]/g, '') : '';
  const last = Math.max(run.lastIndexOf('.'), run.lastIndexOf(','));
  if (last < 0) return Number(run || Number.NaN);
  const mark = run.charAt(last);
  const whole = run.slice(0, last);
  const end = run.slice(last + 1);
  const grouped = /^-?\d{1,3}([.,]\d{3})*$/;
  if (whole.includes(mark) || (end.length === 3 && (mark === ',' || /[.,]/.test(whole)))) {
    // The last mark groups thousands too: "1,234,567", "35,000".
    return grouped.test(run) ? Number(run.replace(/[.,]/g, '')) : Number.NaN;
  }
  // "1.290" is a thousand to some and one to others.
  if (end.length === 3) return Number.NaN;
  return /[.,]/.test(whole) && !grouped.test(whole) ? Number.NaN : Number(`${whole.replace(/[.,]/g, '')}.${end}`);
}

/** Arabic and Persian digits and their marks, as English writes them. */
const western = (text: string): string =>
  text.replace(/[٠-٬۰-۹]/g, (mark) => '0123456789%.,'.charAt(mark.charCodeAt(0) & 15));

/** Signs that one currency alone has: "$", "kr" and "руб." are several countries'. */
const NAMED: Record<string, string> = {
  RUR: 'RUB',
  '₽': 'RUB',
  '€': 'EUR',
  '₴': 'UAH',
  '₸': 'KZT',
  '₹': 'INR',
  '₺': 'TRY',
  ZŁ: 'PLN',
};

/** ISO 4217 in upper case, or null. */
export function currencyOf(value: unknown): string | null {
  const code = typeof value === 'string' ? value.trim().toUpperCase() : '';
  return NAMED[code] ?? (/^[A-Z]{3}$/.test(code) ? code : null);
}
