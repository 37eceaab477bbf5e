'use strict';
const fixed = process.env.LEAK_FIXED === '1';

/** A link to a preview, for as long as the page is open. */
exports.previewOf = (id) => {
  const url = URL.createObjectURL(new Blob([Buffer.alloc(20_000, id & 255)], { type: 'image/png' }));
  const preview = { id, url, title: `Preview ${id}` };
  if (fixed) URL.revokeObjectURL(url); // when the page is closed
  return preview;
};
