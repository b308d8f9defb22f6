/** Finds what is put into a tag outside of quotes: a value with a space in it would become an attribute there. */

import { type Complaint, MOST_COMPLAINTS } from '../liquid/complaint.ts';
import { placeAt } from '../liquid/engine.ts';

export function unquoted(source: string): Complaint[] {
  const complaints: Complaint[] = [];
  let inside: '' | '<' | '"' | "'" = '';
  let at = 0;
  const skip = (end: string): void => {
    const found = source.indexOf(end, at + 2);
    at = found < 0 ? source.length : found + end.length;
  };
  while (at < source.length && complaints.length < MOST_COMPLAINTS) {
    const two = source.slice(at, at + 2);
    const one = source[at] ?? '';
    if (two === '{{') {
      if (inside === '<')
        complaints.push({ message: 'what stands in a tag must stand in quotes', ...placeAt(source, at) });
      skip('}}');
    } else if (two === '{%') skip('%}');
    else if (!inside && source.startsWith('<!--', at)) skip('-->');
    else {
      if (!inside && one === '<' && /[a-z/{]/i.test(two[1] ?? '')) inside = '<';
      else if (inside === '<' && one === '>') inside = '';
      else if (inside === '<' && (one === '"' || one === "'")) inside = one;
      else if (inside && inside === one) inside = '<';
      at += 1;
    }
  }
  return complaints;
}
