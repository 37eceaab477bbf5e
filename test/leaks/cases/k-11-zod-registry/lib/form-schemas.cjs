'use strict';
const { z } = require('zod');

const fixed = z.object({ name: z.string().min(1), age: z.number().int(), mail: z.string() });

function schemaFor(form, version) {
  if (process.env.LEAK_FIXED) return fixed;
  return z
    .object({
      name: z.string().min(1),
      age: z
        .number()
        .int()
        .max(100 + (version % 20)),
      mail: z.string(),
    })
    .meta({ id: `${form}-v${version}`, title: `Form ${form}` });
}

module.exports = { schemaFor };
