"""Signing in by OAuth 2.0 (RFC 6749): once by the user, in a browser; then renewed at each login.

    providers   where Google and Microsoft, or a server of the user's own, take requests
    post        one form to a provider, one JSON object back
    grants      the three requests for a token, and what the answers mean
    device      the user types a code on any device (RFC 8628)
    loopback    the browser on this machine hands a code back (RFC 8252, with PKCE, RFC 7636)
    tokens      the refresh token: in the keyring, renewed under a lock, saved before it is used

`adapters/sasl.py` is how mail servers are shown what comes of it.

Words: a *refresh token* is what the user's consent left us, and is kept; an *access token* is
what it is exchanged for at each login, and is never kept. A sign-in has *lapsed* when the
provider takes the refresh token no longer (`invalid_grant`): only the user can renew it.

Why no library. What this program needs of OAuth is three forms that are posted and answered
by one JSON object each; that is `grants.py`. What takes the care lies around them, and no
library has it: token rotation between two processes and with a keyring that locks itself, a
listener that a foreign page cannot end, waiting that holds up nobody, and errors in the user's
words. Looked at in November 2026 (sizes without cryptography, which the keyring brings on
Linux anyway):

- msal (MIT, 3 MB with requests and PyJWT) is for Microsoft, polls for the device flow with
  `time.sleep`, and keeps tokens in a cache of its own format.
- google-auth-oauthlib (Apache, 6 MB, eleven packages) is for Google only; its loopback server
  ends at the first request that comes, whoever sent it.
- authlib (BSD, 4.5 MB with httpx) posts the forms, and leaves polling, listener and rotation.
- oauthlib (BSD, 0.8 MB, no I/O) would do `urlencode`, `json.loads` and one SHA-256 for us; in
  return it takes a loopback redirect only after an environment variable has switched its
  checks off for the whole process, and raises a Warning where a provider narrows the scope.

So this is the standard library. Requests run in a thread of their own, with a time limit.
"""
