// What the server remembers, for as long as it runs. The provider's own memory
// is for quick starts: it forgets the oldest of a thousand things.
const models = {}; // By name; each holds payloads by id.

// Store is an adapter of the provider.
export class Store {
  constructor(model) {
    this.kept = models[model] ??= new Map();
  }

  async upsert(id, payload, expiresIn) {
    this.kept.set(id, { payload, until: expiresIn ? Date.now() + expiresIn * 1000 : Infinity });
  }

  async find(id) {
    const { payload, until } = this.kept.get(id) ?? {};
    if (until > Date.now()) return payload;
    this.kept.delete(id);
    return undefined;
  }

  async findByUid(uid) {
    return [...this.kept.values()].find(({ payload, until }) => payload.uid === uid && until > Date.now())?.payload;
  }

  async consume(id) {
    this.kept.get(id).payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id) {
    this.kept.delete(id);
  }

  async revokeByGrantId(grantId) {
    for (const [id, { payload }] of this.kept) {
      if (payload.grantId === grantId) this.kept.delete(id);
    }
  }
}
