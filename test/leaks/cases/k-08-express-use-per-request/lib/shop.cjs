'use strict';
const express = require('express');
const { Campaign } = require('./campaign.cjs');

function createShop() {
  const app = express();
  app.get('/product/:id', (req, res) => {
    const campaign = new Campaign(req.params.id);
    if (!process.env.LEAK_FIXED) {
      app.use(`/campaign/${req.params.id}`, (_req, response) => response.json(campaign));
    }
    res.json({ id: req.params.id, banner: campaign.banner });
  });
  return app;
}

module.exports = { createShop };
