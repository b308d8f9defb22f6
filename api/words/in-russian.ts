/** Says in Russian what the API says in English: problems, and the steps of the setup. */

import type { ProblemBody } from '../../core/visits/wire.ts';
import { PARTS, SENTENCES, TITLES } from './problems-ru.ts';

interface Pattern {
  pattern: RegExp;
  russian: string;
}

const SPECIAL = /[.*+?^${}()|[\]\\]/g;
const PLACE = /\{([a-z]+)\}/g;

/** Made when the first Russian reader comes. */
let patterns: readonly Pattern[] | undefined;

function patternOf([english, russian]: (typeof SENTENCES)[number]): Pattern {
  const parts = english
    .split(PLACE)
    .map((part, index) => (index % 2 ? `(?<${part}>.+?)` : part.replace(SPECIAL, '\\$&')));
  return { pattern: new RegExp(`^${parts.join('')}$`, 's'), russian };
}

/** Null for a sentence that nobody has put into Russian. */
export function inRussian(sentence: string): string | null {
  const [, message, line, column] = /^(.*) \(line (\d+), column (\d+)\)$/s.exec(sentence) ?? [];
  if (message === undefined) return translated(sentence);
  const russian = translated(message);
  return russian && `${russian} (строка ${line}, знак ${column})`;
}

function translated(sentence: string): string | null {
  patterns ??= SENTENCES.map(patternOf);
  for (const { pattern, russian } of patterns) {
    const found = pattern.exec(sentence);
    if (!found) continue;
    const { groups = {} } = found;
    return russian.replace(PLACE, (_, name: string) => {
      const said = groups[name] ?? '';
      return PARTS[said] ?? said;
    });
  }
  return null;
}

const said = (sentence: string): string => inRussian(sentence) ?? sentence;

export const problemInRussian = ({ title, detail, errors, ...rest }: ProblemBody): ProblemBody => ({
  ...rest,
  title: TITLES[rest.code as keyof typeof TITLES] ?? title,
  ...(detail === undefined ? {} : { detail: said(detail) }),
  ...(errors === undefined
    ? {}
    : { errors: errors.map(({ message, ...one }) => ({ ...one, message: said(message) })) }),
});

/** What has a title, and says what is to be done. */
export const stepInRussian = <Step extends { title: string; how: string }>(step: Step): Step => ({
  ...step,
  title: said(step.title),
  how: said(step.how),
});
