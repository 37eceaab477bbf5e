'use strict';
const runs = [];

class Run {
  constructor(script, context, output) {
    this.script = script;
    this.context = context;
    this.output = output;
  }
}

function record(script, context, output) {
  // The output is all that is ever shown.
  runs.push(new Run(script, process.env.LEAK_FIXED ? null : context, output));
  if (runs.length > 5000) runs.shift();
}

module.exports = { record, last: () => runs.at(-1) };
