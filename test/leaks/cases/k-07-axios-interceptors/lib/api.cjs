'use strict';
const axios = require('axios');

// Answers without a network.
const client = axios.create({
  baseURL: 'http://api.example.test',
  adapter: async (config) => ({
    status: 200,
    data: { tokens: Object.keys(config.headers).length },
    headers: {},
    config,
  }),
});

class Account {
  constructor(user) {
    this.user = user;
    this.token = `${user}-${Math.random().toString(36).slice(2)}`;
    this.scopes = ['read', 'write', `tenant:${user.length}`];
  }
}

async function get(user, path) {
  const account = new Account(user);
  const id = client.interceptors.request.use(
    (config) => {
      config.headers[`x-token-${account.user.length}`] = account.token;
      return config;
    },
    null,
    { synchronous: true, runWhen: (config) => config.owner === account },
  );
  const { data } = await client.get(path, { owner: account });
  if (process.env.LEAK_FIXED) {
    client.interceptors.request.eject(id);
    client.interceptors.request.handlers.length = 0;
  }
  return data;
}

module.exports = { get };
