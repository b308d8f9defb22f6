/** What a page sends, for the reader: what the script tag sends looks like this. */

const WHO = {
  shop: 'pk_…',
  visitor: '5a6f0f0e-3d0b-4e0c-9d52-0d7c3c6f5b11',
  visit: '0e3c2f4a-7b7b-4f7e-8a53-6f1f5f6a2d22',
};

const TEAPOT = {
  id: '42',
  title: 'Teapot',
  price: 42,
  currency: 'EUR',
  url: 'https://shop.example/teapot',
  image: 'https://shop.example/teapot.jpg',
};

const CONSENT = {
  data: true,
  marketing: true,
  text: 'Keep my address to send me the code. Send me news and offers, too.',
};

export const VISIT_EXAMPLE = {
  ...WHO,
  batch: '9c1b7d6e-2f43-4d0a-b6c8-1a2b3c4d5e33',
  sentAt: 1_795_944_615_000,
  events: [
    {
      type: 'page_view',
      at: 1_795_944_600_000,
      url: 'https://shop.example/teapot',
      path: '/teapot',
      title: 'Teapot',
      kind: 'product',
    },
    { type: 'view_item', at: 1_795_944_600_100, item: TEAPOT },
    { type: 'add_to_cart', at: 1_795_944_612_000, item: TEAPOT, quantity: 1 },
  ],
};

export const CLAIM_EXAMPLE = {
  ...WHO,
  rule: '3f9d1c5b-8e24-4a6b-9d10-7c6b5a493844',
  variant: null,
  email: 'ann@example.com',
  consent: CONSENT,
  locale: 'en',
  filledMs: 5_200,
};

export const FORM_EXAMPLE = { ...WHO, kind: 'waitlist', email: 'ann@example.com', consent: CONSENT, item: TEAPOT };

export const RESTORE_EXAMPLE = { shop: 'pk_…', token: 'TOKEN' };
