'use strict';

const TITLES = { parcel: 'Parcel', freight: 'Freight', fuel: 'Fuel surcharge', total: 'Total' };
const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** The page of one quote. `lines` maps a line of the quote to cents. */
function renderQuote(zone, grams, lines) {
  const rows = Object.entries(lines).map(([name, cents]) => renderRow(TITLES[name] ?? name, formatCents(cents)));
  return [
    '<!doctype html>',
    `<title>${escapeText(zone)}, ${grams} g</title>`,
    `<h1>A parcel of ${grams} g to ${escapeText(zone)}</h1>`,
    '<table>',
    ...rows,
    '</table>',
    '',
  ].join('\n');
}

function renderRow(title, amount) {
  return `  <tr><th>${escapeText(title)}</th><td>${escapeText(amount)}</td></tr>`;
}

function formatCents(cents) {
  return `€ ${(cents / 100).toFixed(2)}`;
}

function escapeText(text) {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character]);
}

module.exports = { renderQuote };
