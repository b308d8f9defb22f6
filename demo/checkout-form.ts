/** What the buyer typed at the checkout, and what is wrong with it. */

export interface CheckoutForm {
  email: string;
  name: string;
  code: string;
}

export type FormFault = 'email' | 'name';

/** Loose on purpose: the letter itself is the proof of an address. */
const EMAIL_SHAPE = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]{2,}$/;

export const NO_FORM: CheckoutForm = { email: '', name: '', code: '' };

export function readCheckoutForm(fields: Record<string, unknown>): CheckoutForm {
  const text = (name: string, most: number) => {
    const value = fields[name];
    return typeof value === 'string' ? value.trim().slice(0, most) : '';
  };
  return { email: text('email', 254), name: text('name', 80), code: text('code', 64) };
}

export function faultsOf(form: CheckoutForm): FormFault[] {
  const faults: FormFault[] = [];
  if (!EMAIL_SHAPE.test(form.email)) faults.push('email');
  if (form.name === '') faults.push('name');
  return faults;
}

export function isEmail(text: string): boolean {
  return EMAIL_SHAPE.test(text);
}
