'use strict';
process.setMaxListeners(0);

class Upload {
  constructor(id, parts) {
    this.id = id;
    this.parts = parts;
    this.temporary = parts.map(({ name }) => `/var/tmp/${id}/${name}`);
  }

  async store() {
    const cleanUp = () => {
      this.temporary.length = 0;
    };
    process.on('SIGTERM', cleanUp);
    await null;
    const bytes = this.parts.reduce((sum, { size }) => sum + size, 0);
    if (process.env.LEAK_FIXED) process.off('SIGTERM', cleanUp);
    return bytes;
  }
}

module.exports = { Upload };
