/**
 * A certificate for hooks.example.com that only tests trust, until 2126. Made by
 * openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=hooks.example.com
 *   -addext subjectAltName=DNS:hooks.example.com
 */
export const testCertificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgQQf5UnC+mi9Wt4QB
8QU3l3kUAAaY0xvlhmviU++MEDqhRANCAAT9w5ZvF/t3eW01rtOzXoXZNwI5mAQj
gqzrRt4j/2Hdn03U7AjRRCw7DAij0b3K3WcSLCsFLS5SUhbvyjlHx4PQ
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBrTCCAVOgAwIBAgIUYZgZ2t2yDwqANecVOBZR8ynocLkwCgYIKoZIzj0EAwIw
HDEaMBgGA1UEAwwRaG9va3MuZXhhbXBsZS5jb20wIBcNMjYxMTIxMTMxNDIyWhgP
MjEyNjEwMjgxMzE0MjJaMBwxGjAYBgNVBAMMEWhvb2tzLmV4YW1wbGUuY29tMFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE/cOWbxf7d3ltNa7Ts16F2TcCOZgEI4Ks
60beI/9h3Z9N1OwI0UQsOwwIo9G9yt1nEiwrBS0uUlIW78o5R8eD0KNxMG8wHQYD
VR0OBBYEFHkiPCx2u6ctpCpgc6v5bBLjbjHSMB8GA1UdIwQYMBaAFHkiPCx2u6ct
pCpgc6v5bBLjbjHSMA8GA1UdEwEB/wQFMAMBAf8wHAYDVR0RBBUwE4IRaG9va3Mu
ZXhhbXBsZS5jb20wCgYIKoZIzj0EAwIDSAAwRQIgVIpKgWtevcOj6PVaVByaXZ/J
66/zFgnhbYczJVK66ZUCIQCY+58fzkqrGTrILelNxm+kfDxLlTJMeMCIW+XccK3+
Zw==
-----END CERTIFICATE-----`,
} as const;
