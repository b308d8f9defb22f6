import { describe, expect, it } from 'vitest';
import type { OwnWords } from '../../core/letters/own-letter.ts';
import type { LetterProps } from '../../emails/letter.ts';
import { LONGEST_RESULT, LONGEST_TEMPLATE } from '../../emails/liquid/engine.ts';
import { compile } from '../../emails/own/compile.ts';
import { renderOwnLetter } from '../../emails/render-letter.ts';
import { launchBrowser } from '../support/browser.ts';
import { fullProps, SHIRT } from './letter-props.ts';

const write = (words: OwnWords, props: LetterProps = fullProps('en')) =>
  renderOwnLetter('offer', props, { words, link: (url) => url });

/** What the server must never let a template reach: each is refused on save, by name. */
const REACHING = [
  '{{ constructor }}',
  '{{ constructor.constructor }}',
  '{{ __proto__ }}',
  '{{ shop.__proto__ }}',
  '{{ shop.constructor.name }}',
  '{{ shop["constructor"] }}',
  '{{ shop[builtin.subject] }}',
  '{{ items.first.toString }}',
  '{{ items.constructor }}',
  '{{ code.constructor }}',
  '{{ this }}',
  '{{ self }}',
  '{{ globalThis }}',
  '{{ process.env.SIGNING_KEY }}',
  '{{ settings }}',
  '{{ contact.id }}',
  '{{ contact.email }}',
  '{{ forloop.parentloop }}',
  '{{ templates }}',
  "{% include '/etc/passwd' %}",
  "{% render '../../etc/passwd' %}",
  "{% layout 'x' %}",
  '{% block a %}{% endblock %}',
  '{% raw %}{{ code }}{% endraw %}',
  '{% liquid assign a = 1 %}',
  '{% capture a %}{% endcapture %}',
  '{% increment a %}',
  '{% tablerow a in items %}{% endtablerow %}',
  '{% echo code %}',
  '{{ code | raw }}',
  '{{ code | json }}',
  '{{ code | newline_to_br }}',
  '{{ items | where: "title", "x" }}',
  '{{ items | map: "constructor" }}',
  '{{ "x" | date: "%Y" }}',
  '{{ "x" | sha256 }}',
  '{{ "x" | base64_decode }}',
  '{{ "x" | strip_html }}',
  '{{ "x" | split: "" }}',
  '{{ "&lt;b&gt;" | url_decode }}',
];

const nested = (depth: number, inside: string): string =>
  `${'{% for a in (1..30) %}'.repeat(depth)}${inside}${'{% endfor %}'.repeat(depth)}`;

/** What costs more than it may; each ends soon, on any machine after the same number of steps. */
const BOMBS: Record<string, string> = {
  'a range of a billion': '{% for a in (1..1000000000) %}x{% endfor %}',
  'a range without end': '{% for a in (1..99999999999999999999) %}x{% endfor %}',
  'a backward range': '{% for a in (1000000000..1) %}x{% endfor %}{% for a in (-1000000000..1) %}x{% endfor %}',
  'loops in loops': nested(8, 'x'),
  'empty loops in loops': nested(8, ''),
  'a text that doubles': `{% assign a = "xxxxxxxxxx" %}${'{% assign a = a | append: a %}'.repeat(40)}{{ a }}`,
  'a text that is replaced by itself': `{% assign a = "aaaaaaaaaa" %}${'{% assign a = a | replace: "a", a %}'.repeat(9)}{{ a }}`,
  'long words in a loop': `{% for a in (1..300) %}${'x'.repeat(2_000)}{% endfor %}`,
  'filters in a row': `{% for a in (1..999) %}{{ code${' | append: code'.repeat(500)} }}{% endfor %}`,
  'join upon join': `{% assign a = items | join: "${'x'.repeat(5_000)}" %}${'{% assign a = a | replace: "x", "xxxxxxxxxx" %}'.repeat(6)}{{ a }}`,
  'white space': `{{ "${' '.repeat(30_000)}x" | strip | truncatewords: 2 }}{% for a in (1..500) %}{{ "${' '.repeat(3_000)}x" | strip }}{% endfor %}`,
};

/** What can be read only slowly, if reading were done carelessly. */
const KNOTS: Record<string, string> = {
  'open brackets': '{{'.repeat(19_000),
  'open tags': '{% if a %}'.repeat(3_900),
  'open loops': '{% for a in items %}'.repeat(1_900),
  'open comments': '{% comment %}'.repeat(3_000),
  'open quotes': `{{ ${'"'.repeat(30_001)} }}`,
  pipes: `{{ code ${'|'.repeat(30_000)} }}`,
  dots: `{{ code${'.a'.repeat(15_000)} }}`,
  places: `{{ ${'items['.repeat(5_000)}0${']'.repeat(5_000)} }}`,
  operators: `{% if ${'code and '.repeat(4_000)}code %}{% endif %}`,
  'open elements': '<div>'.repeat(7_900),
  'open comments in html': '<!--'.repeat(9_900),
  'open attributes': `<a ${'href="'.repeat(6_000)}`,
  'spaces in tags': `<a${' '.repeat(39_000)}`,
  'equal signs': `<a ${'='.repeat(39_000)}`,
  'spaces around equal signs': `<a ${'x = '.repeat(9_900)}`,
  angles: '<'.repeat(39_000),
  references: '&#x'.repeat(13_000),
  'hidden elements': '<script>'.repeat(4_900),
  styles: `<p style="${'a:'.repeat(19_000)}">`,
  'spaces in styles': `<p style="color:${' '.repeat(39_000)}">`,
  'gaps in styles': `<p style="color:a${' '.repeat(39_000)}b;">`,
  'names that there are not': Array.from({ length: 4_000 }, (_, n) => `{{ x${n} }}`).join(''),
  'outputs in tags': '<{{a}}'.repeat(6_000),
  'dots behind a link': `https://a.example/${'.'.repeat(39_000)}x`,
  links: 'https://a.example '.repeat(2_100),
  lists: '<ul><li>'.repeat(4_900),
  tables: '<table><tr><td>'.repeat(2_600),
};

/** Many times what it takes on an idle machine; what grows with the square of its length takes longer than this on any. */
const MOST_MS = 3_000;

describe('a template', () => {
  it.each(REACHING)('reaches nothing by %s', (source) => {
    expect(compile('offer', { html: source, text: source }).complaints.map(({ path }) => path)).toContain('html');
    expect(() => write({ html: source })).toThrow('html');
  });

  it('escapes whatever it is given, however it is put in', () => {
    const title = `"><img src=x onerror=canary()><script>canary()</script>' & {{ code }}`;
    const props = fullProps('en', { items: [{ ...SHIRT, title }], name: 'Ann' });
    const { html, subject } = write(
      {
        subject: '{{ items[0].title }}',
        headline: '{{ items[0].title }}',
        body: '{{ items[0].title }}',
        blocks: [
          'headline',
          'body',
          { paragraph: '{{ items[0].title }}' },
          {
            html: '<p title="{{ items[0].title }}">{{ items[0].title | upcase }}{{ items[0].title | escape }}{{ items | first }}</p>',
          },
        ],
      },
      props,
    );
    expect(html).not.toMatch(/<script|<img/i);
    expect(html.replace(/="[^"]*"/g, '')).not.toMatch(/<[^>]*onerror/i);
    expect(html).not.toContain('BACK-7KQ2M-9FX4TR');
    expect(subject).toContain('{{ code }}');
  });

  it.each(Object.entries(BOMBS))('is stopped early: %s', (_, source) => {
    const began = performance.now();
    expect(() => write({ html: `<p>x</p>${source}` })).toThrow(/^html: it (takes|handles|comes)/);
    expect(performance.now() - began).toBeLessThan(MOST_MS);
  });

  it.each(Object.entries(KNOTS))('is read in time in proportion to its length: %s', (_, source) => {
    const began = performance.now();
    try {
      write({ html: `<p>x</p>${source}`, text: source });
    } catch (error) {
      expect(String(error)).toMatch(/^OwnLetterError: (html|text): /);
    }
    expect(performance.now() - began).toBeLessThan(MOST_MS);
  });

  it('has its limits in length, before and after', () => {
    expect(compile('offer', { body: 'x'.repeat(LONGEST_TEMPLATE + 1) }).complaints).toHaveLength(1);
    expect(() => write({ html: `{% for a in (1..4) %}${'x'.repeat(LONGEST_RESULT / 4)}{% endfor %}x` })).toThrow(
      'characters',
    );
    const block = { html: `{% for a in (1..40) %}{% for b in (1..40) %}x{% endfor %}{% endfor %}` };
    expect(() => write({ blocks: Array.from({ length: 40 }, () => block) })).toThrow('steps');
    const parts = write({ html: '{% for a in (1..900) %}{% part items %}{% endfor %}' });
    expect(parts.html.match(/Your prices with the code|What you were looking at/g)?.length).toBe(40);
    const all = {
      subject: 'x',
      preheader: 'x',
      headline: 'x',
      greeting: 'x',
      button: 'x',
      items: 'x',
      body: 'x',
      after: 'x',
    };
    const long = Object.fromEntries(Object.keys(all).map((name) => [name, 'word '.repeat(2_500)]));
    const { subject, html } = write(long);
    expect(subject.length).toBeLessThanOrEqual(150);
    expect(html.length).toBeLessThan(30_000);
  });
});

/** Markup that tries to leave its cell, to hide what stands around it, to run or to fetch. */
const MARKUP = [
  '</td></tr></table></td></tr></table></body></html><p>free',
  '</div></div><style>.foot{display:none}</style><p>free',
  '<style>*{display:none}</style>',
  '<!--',
  '<!-- --><!--[if mso]><p>',
  '<![CDATA[',
  '<table><tr><td><table><tr><td>',
  '<tr><td>cell',
  '</table>',
  '<table><caption><tr><td></td></tr></caption>',
  '<a href="https://evil.example/"><div><p>all of it',
  '<b><i><u><a href="https://a.example/"><s>',
  '<div style="position:fixed;top:0;left:0;width:100%;height:100%;background:#fff">cover',
  '<div style="margin:0 0 -9999px">pull',
  '<div style="margin-bottom:-9999px;float:left">pull',
  '<p style="background:url(https://canary.test/1)">',
  '<p style="background-image:url(https://canary.test/2);color:expression(canary())">',
  '<p style="color:red;}</style><script>canary()</script>">',
  '<p style="font-family:&quot;;background:url(https://canary.test/3)">',
  '<table background="https://canary.test/4"><tr><td background="https://canary.test/5">x',
  '<body onload="canary()" style="display:none"><html hidden><head><base href="https://canary.test/"><meta http-equiv="refresh" content="0;url=https://canary.test/6"><title>x</title>',
  '<link rel="stylesheet" href="https://canary.test/7"><iframe src="https://canary.test/8"></iframe>',
  '<object data="https://canary.test/9"></object><embed src="https://canary.test/10"><video src="https://canary.test/11" poster="https://canary.test/12">',
  '<form action="https://canary.test/"><input name="card"><button>Pay</button><textarea></form>',
  '<svg onload="canary()"><script>canary()</script></svg><math><mtext><table><mglyph><style><img src=x onerror=canary()>',
  '<noscript><p title="</noscript><img src=x onerror=canary()>">',
  '<img src="javascript:canary()"><img src="data:image/svg+xml,<svg onload=canary()>"><img src="//canary.test/13" srcset="https://canary.test/14 2x">',
  '<img src=x onerror=canary()><img/src=x/onerror=canary()><img src="x"onerror="canary()">',
  '<a href="javascript:canary()" onclick="canary()" ping="https://canary.test/15">x</a><a href="&#x6A;avascript&colon;canary()">y</a><a href=" java&#10;script:canary()">z</a>',
  '<a href="data:text/html,<script>canary()</script>">x</a><a href="vbscript:x">y</a><a href="https://shop.example@canary.test/">z</a>',
  '<script<p>>canary()</script><scr<script>ipt>canary()</script>',
  '<ScRiPt/x>canary()</sCrIpT\n><plaintext>all the rest',
  '<p id="x" name="y" class="foot desk page" hidden contenteditable draggable="true" tabindex="1">x',
  '<linger-part name="coupon"><linger-part name="../x"><linger-part>',
  '&lt;script&gt;canary()&lt;/script&gt;&#60;script&#62;canary()&#60;/script&#62;',
  '<select><option><template><p>x</template><frameset><frame src="https://canary.test/16">',
  '<xmp><p></xmp><textarea></p><title></textarea></td></tr></table>',
  '\u202E<p>turned\u2066',
  '<p>\0</p>\0<scr\0ipt>canary()</script>',
];

describe('markup of the shop’s', () => {
  it('stays in its cell, hides nothing around it, runs nothing and fetches nothing', { timeout: 120_000 }, async () => {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 700, height: 900 } });
      const ran: string[] = [];
      const called: string[] = [];
      await page.exposeFunction('canary', () => ran.push('canary'));
      await page.route('**', (route) => {
        called.push(new URL(route.request().url()).host);
        return route.abort();
      });
      const look = async (html: string) => {
        await page.setContent(html, { waitUntil: 'load' });
        return page.evaluate(() => {
          for (const element of document.querySelectorAll('*'))
            element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
          const foot = document.querySelector('.foot');
          const way = [...document.querySelectorAll('a')].find(({ href }) => href === 'https://l.example/u/token');
          const { x = 0, y = 0, width = 0, height = 0 } = way?.getBoundingClientRect() ?? {};
          window.scrollTo(0, y - 100);
          const box = way?.getBoundingClientRect() ?? { x: 0, y: 0 };
          return {
            /** From the page down to the foot and to the shop's cell. */
            foot: pathTo(foot),
            cell: pathTo(document.getElementById('shop-cell') ?? document.querySelector('.card td.ink')),
            sheets: document.querySelectorAll('style, link, script, iframe, form, base, meta[http-equiv]').length,
            seen: width > 40 && height > 10 && document.elementFromPoint(box.x + 20, box.y + 10) === way && x >= 0,
            address: foot?.textContent?.includes('18 Harbour Street') ?? false,
          };
          function pathTo(element: Element | null): string {
            return element ? `${pathTo(element.parentElement)}/${element.tagName}` : '';
          }
        });
      };
      const calm = await look(write({ html: '<p>x</p>' }).html);
      expect(calm).toMatchObject({ sheets: 1, seen: true, address: true });
      for (const markup of MARKUP) {
        const { html, text } = write({ html: `<p>first</p>${markup}` });
        expect([markup, await look(html)]).toEqual([markup, calm]);
        expect(text).toContain('Unsubscribe: https://l.example/u/token');
        expect([markup, /canary\.test/.test(text.replace(/\(canary\.test[^)]*\)/g, ''))]).toEqual([markup, false]);
      }
      expect(ran).toEqual([]);
      expect(called.filter((host) => host === 'canary.test')).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it.each(MARKUP)('%j comes out whole and tame', (markup) => {
    const { html } = write({ html: `<p>first</p>${markup}` });
    const body = html.replace(/^[\s\S]*<td class="card"/, '').replace(/<td class="foot[\s\S]*$/, '');
    const own = body.replace(/<!--\[(?:if mso|endif)[\s\S]*?-->/g, '');
    expect(own).not.toMatch(
      /<(?!\/?(?:a|b|blockquote|br|center|div|em|h1|h2|h3|hr|i|img|li|ol|p|s|small|span|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|u|ul)\b)/i,
    );
    expect(own.replace(/="[^"]*"/g, '=""')).not.toMatch(/<[^>]*\s(?:on\w+|id|name|background|srcset|ping|action)=/i);
    const addresses = [...own.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address = '']) => address);
    for (const address of addresses) expect(address).toMatch(/^https?:\/\/(?!canary|[^/]*@)/);
    expect(own).not.toMatch(/style="[^"]*(?:url\(|expression|position|float|:[^;"]*-\d{2})/i);
  });
});
