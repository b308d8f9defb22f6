/** Addresses, who keeps their mailbox, and whether anybody can have one there. */

import type { MailboxProvider } from '../../core/values/mailbox-provider.ts';

export const mailboxProviderCases: readonly [address: string, provider: MailboxProvider, free: boolean][] = [
  ['ann@gmail.com', 'gmail', true],
  ['ann@GoogleMail.com', 'gmail', true],
  ['ann@hotmail.co.uk', 'microsoft', true],
  ['ann@outlook.com.br', 'microsoft', true],
  ['ann@live.nl', 'microsoft', true],
  ['ann@msn.com', 'microsoft', true],
  ['ann@yahoo.co.jp', 'yahoo', true],
  ['ann@ymail.com', 'yahoo', true],
  ['ann@aol.com', 'yahoo', true],
  ['ann@mail.ru', 'mail.ru', true],
  ['ann@bk.ru', 'mail.ru', true],
  ['ann@yandex.ru', 'yandex', true],
  ['ann@yandex.com.tr', 'yandex', true],
  ['ann@ya.ru', 'yandex', true],
  ['ann@rambler.ru', 'other', true],
  ['ann@icloud.com', 'other', true],
  ['ann@gmx.de', 'other', true],
  ['ann@shop.example', 'other', false],
  // Names that only look like theirs.
  ['ann@gmail.com.shop.example', 'other', false],
  ['ann@mygmail.com', 'other', false],
  ['ann@mail.shop.ru', 'other', false],
  ['ann@yandex.shop.example', 'other', false],
  ['"a@gmail.com"@shop.example', 'other', false],
];
