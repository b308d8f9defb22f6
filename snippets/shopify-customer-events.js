// Linger on Shopify's checkout, where no theme script runs.
// Shopify admin → Settings → Customer events → Add custom pixel: paste this, fill in the two values below, save, connect.
const LINGER = 'https://linger.example'; // Where your Linger answers.
const SITE_KEY = 'pk_…'; // The shop's site key.

/** The theme's widget keeps the visitor under this name in the shop's own storage; without it there is no visit to add to. */
const STORED = 'linger';

const amount = (money) => (money && money.amount != null ? Number(money.amount) : null);
const currency = (money) => money?.currencyCode || null;
const address = (url) => {
  try {
    return new URL(url, init.context.document.location.href).href.split('?variant=')[0];
  } catch {
    return init.context.document.location.href;
  }
};

/** Ids are the product's, as the widget tells them in the theme. */
function item(variant) {
  const { product = {}, price, image } = variant;
  return {
    id: String(product.id ?? variant.id),
    title: product.title || variant.title || String(product.id),
    price: amount(price),
    currency: currency(price),
    url: address(product.url || ''),
    image: image?.src ? address(image.src) : null,
    category: product.type || null,
    available: null,
  };
}

const line = ({ merchandise, variant, quantity }) => ({ ...item(merchandise || variant), quantity });

function purchase(checkout) {
  const codes = (checkout.discountApplications || []).filter(({ type }) => type === 'DISCOUNT_CODE');
  return {
    type: 'purchase',
    // Webhooks tell the bare number of "gid://shopify/OrderIdentity/1".
    orderId: String(checkout.order?.id || checkout.token).replace(/^.*\//, ''),
    value: amount(checkout.totalPrice),
    currency: checkout.currencyCode || currency(checkout.totalPrice),
    codes: codes.map(({ title }) => title).filter(Boolean),
    items: (checkout.lineItems || []).filter(({ variant }) => variant).map(line),
  };
}

const EVENTS = {
  product_viewed: ({ productVariant }) => ({ type: 'view_item', item: item(productVariant) }),
  product_added_to_cart: ({ cartLine }) => ({
    type: 'add_to_cart',
    item: item(cartLine.merchandise),
    quantity: cartLine.quantity,
  }),
  product_removed_from_cart: ({ cartLine }) => ({
    type: 'remove_from_cart',
    item: item(cartLine.merchandise),
    quantity: cartLine.quantity,
  }),
  cart_viewed: ({ cart }) =>
    cart && {
      type: 'cart',
      items: cart.lines.map(line),
      value: amount(cart.cost?.totalAmount),
      currency: currency(cart.cost?.totalAmount),
      codes: [],
    },
  checkout_started: ({ checkout }) => ({ type: 'begin_checkout', value: amount(checkout.totalPrice) }),
  checkout_completed: ({ checkout }) => purchase(checkout),
};

async function tell(name, event) {
  const made = EVENTS[name](event.data);
  const stored = JSON.parse((await browser.localStorage.getItem(STORED)) || 'null');
  if (!made || !stored) return;
  const { visitor, visit } = stored;
  const at = Date.parse(event.timestamp) || Date.now();
  await fetch(`${LINGER}/v1/visits`, {
    method: 'POST',
    keepalive: true,
    body: JSON.stringify({ shop: SITE_KEY, visitor, visit, sentAt: Date.now(), events: [{ ...made, at }] }),
  });
}

for (const name of Object.keys(EVENTS)) {
  analytics.subscribe(name, (event) => tell(name, event).catch(() => {}));
}
