'use strict';
class TreeNode {
  constructor(key, value, left, right) {
    this.key = key;
    this.value = value;
    this.left = left;
    this.right = right;
  }
}

function build(from, to) {
  if (from > to) return null;
  const middle = (from + to) >> 1;
  return new TreeNode(middle, { version: 0, note: `key ${middle}` }, build(from, middle - 1), build(middle + 1, to));
}

// A new tree that shares all but the path to the key.
function withValue(node, key, value) {
  if (key === node.key) return new TreeNode(key, value, node.left, node.right);
  if (key < node.key) return new TreeNode(node.key, node.value, withValue(node.left, key, value), node.right);
  return new TreeNode(node.key, node.value, node.left, withValue(node.right, key, value));
}

module.exports = { build, withValue };
