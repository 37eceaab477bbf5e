/**
 * Strings that the engine looks for in every heap. One list, so that one pass over a heap's strings finds them all;
 * where a name is used it says why.
 */
export const WELL_KNOWN_NAMES = [
  // Nodes
  'Object', '__proto__', 'process', 'system / Context', 'system / NativeContext', 'system / ExternalStringData',
  'system / JSArrayBufferData', 'system / JSProxy', 'system / Cell', 'system / SourceTextModule', '(map descriptors)',
  '(Document DOM trees)', 'Module',
  // V8's roots
  '(Internalized strings)', '(External strings)', '(Weak roots)', '(Weak refs)', '(Compilation cache)',
  '(Handle scope)', '(Stack roots)', '(Builtins)', '(Debugger)',
  // Edges
  'context', 'previous', 'shared', 'script', 'script_or_debug_info', 'scope_info', 'name_or_scope_info', 'version',
  'sloppy_function_map', 'map', 'prototype', 'constructor', 'feedback_cell', 'code', 'dependent_code', 'initial_map',
  'native_context', 'transition', 'descriptors', 'back_pointer', 'own_names', 'properties_template',
  'native_to_javascript', 'function', 'parameters_and_registers', 'filename', 'url', 'exports', 'children',
  '<symbol heapdiff.agent>',
] as const; // biome-ignore format: a word list
