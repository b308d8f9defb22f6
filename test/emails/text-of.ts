/** What a reader sees of a letter's html. */

/** The words of the html as a reader sees them, preheader filling left out. */
export function textOf(html: string): string {
  return html
    .replace(/<(style|title)>[\s\S]*?<\/\1>|<!--[\s\S]*?-->/g, '')
    .replace(/(&#847;&zwnj;&nbsp;)+/g, '')
    .replace(/&nbsp; /g, ' ')
    .replace(/<[^>]+>/g, '')
    .replace(/\n\s*/g, '\n')
    .replace(/&amp;/g, '&');
}
