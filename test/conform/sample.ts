/** A sample that somebody else made, and how what came out of it is held against what a careful reader expects. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Sample<Expected> {
  /** `folder/file` */
  name: string;
  text: string;
  expected: Expected;
}

/** What is wrong with each sample; none is well. */
export interface Verdict {
  name: string;
  problems: string[];
}

/** The files of a folder that have an expectation beside them. */
export function samplesOf<Expected>(root: string, folder: string): Sample<Expected>[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((file) => existsSync(join(path, `${file}.expect.json`)))
    .sort()
    .map((file) => ({
      name: `${folder}/${file}`,
      text: readFileSync(join(path, file), 'utf8'),
      expected: JSON.parse(readFileSync(join(path, `${file}.expect.json`), 'utf8')),
    }));
}

/** One line where the two differ. */
export const differ = (what: string, expected: unknown, got: unknown): string[] =>
  JSON.stringify(expected) === JSON.stringify(got)
    ? []
    : [`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`];

/** Addresses of one page: the scheme, the port, `www.` and a last slash aside. */
export const sameAddress = (one: string, other: string): boolean => plain(one) === plain(other);

function plain(address: string): string {
  const { hostname, pathname, search } = new URL(address, 'http://relative.invalid');
  return `${hostname.replace(/^www\./, '')}${pathname.replace(/\/+$/, '')}${search}`;
}
