/** Addresses at listed domains, by whatever spelling: `[address, listed domain as somebody writes it, whether it is at it]`. */

export const THROWAWAYS: [address: string, listed: string, thrown: boolean][] = [
  ['ann@mailbox.example', 'mailbox.example', true],
  ['Ann@MailBox.Example', 'mailbox.example', true],
  ['ann@mailbox.example', ' MAILBOX.example ', true],
  ['ann@deep.mailbox.example', 'mailbox.example', true],
  ['ann@very.deep.mailbox.example', 'mailbox.example', true],
  ['ann@notmailbox.example', 'mailbox.example', false],
  ['ann@mailbox.example.com', 'mailbox.example', false],
  ['ann@example.com', 'mailbox.example', false],
  ['ann@mailbox.example', 'deep.mailbox.example', false],
  ['ａｎｎ@ｍａｉｌｂｏｘ.example', 'mailbox.example', true],
  ['ann@магазин.рф', 'xn--80aairftm.xn--p1ai', true],
  ['ann@xn--80aairftm.xn--p1ai', 'магазин.рф', true],
  ['ann+tag@googlemail.com', 'gmail.com', true],
  ['a.nn@gmail.com', 'googlemail.com', true],
  ['mailbox.example@example.com', 'mailbox.example', false],
];

export const NO_MAIL_DOMAINS = [
  '',
  'nodot',
  '.',
  '.example',
  'a@mailbox.example',
  '*.mailbox.example',
  'mail box.example',
  'example',
];
