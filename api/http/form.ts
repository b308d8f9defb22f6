/** Reads a form as browsers send it without any script. What is unclean in it is left out: its sender can't mend it. */

import { readText } from './body.ts';

const LARGEST = 32 * 1024;

export interface Form {
  /** The field's last value as clean text, or null. Line breaks stay. */
  get(name: string, longest?: number): string | null;
  all(name: string): string[];
}

/** Throws `too_large`. Anything but a form is an empty one. */
export async function readForm(request: Request): Promise<Form> {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? '');
  const fields = new URLSearchParams(isForm ? await readText(request, LARGEST) : '');
  const all = (name: string): string[] => fields.getAll(name).map((value) => cleaned(value).slice(0, 200));
  return {
    all,
    get: (name, longest = 200) => cleaned(fields.getAll(name).at(-1) ?? '').slice(0, longest) || null,
  };
}

const cleaned = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, '')
    .trim();
