"""A certificate as an Open Badges 3.0 credential: a signed text that anyone can check without asking this server.

The form is VC-JWT: the credential is the payload of a JSON Web Token, signed with Ed25519 (`EdDSA`). Its issuer is a
did:key, which is the public key itself, so the signature is checked off line; whether it was revoked stands in a
Bitstring Status List at a public address, signed with the same key.

- Open Badges 3.0, section 8: https://www.imsglobal.org/spec/ob/v3p0/
- Bitstring Status List 1.0: https://www.w3.org/TR/vc-bitstring-status-list/
- did:key: https://w3c-ccg.github.io/did-key-spec/
"""
