/** What a name says about the value assigned to it: `strong` names hold secrets whatever they look like. */
export interface TellingName {
  readonly kind: 'password' | 'secret' | 'token' | 'key' | 'credential';
  readonly strong: boolean;
}

const strongParts: Readonly<Record<string, TellingName['kind']>> = {
  password: 'password', passwd: 'password', passwort: 'password', kennwort: 'password', passe: 'password', contrasena: 'password', contrasenia: 'password', senha: 'password',
  mdp: 'password', wachtwoord: 'password', haslo: 'password', losenord: 'password', heslo: 'password', sifre: 'password', salasana: 'password', adgangskode: 'password', passord: 'password', jelszo: 'password', parola: 'password', zugangscode: 'credential', zugangsdaten: 'credential', mnemonic: 'secret',
  pwd: 'password', passphrase: 'password', passcode: 'password', pass: 'password', pw: 'password', psw: 'password',
  dbpass: 'password', passwordhash: 'password', psk: 'password', storepass: 'password', keypass: 'password',
  secret: 'secret', secrets: 'secret', secretkey: 'secret', clientsecret: 'secret', appsecret: 'secret', sharedsecret: 'secret',
  crumb: 'token', token: 'token', authtoken: 'token', accesstoken: 'token', refreshtoken: 'token', jwt: 'token', bearer: 'token', pat: 'token', authtok: 'password', bindpw: 'password', rootpw: 'password',
  apikey: 'key', apisecret: 'secret', appkey: 'key', accesskey: 'key', privatekey: 'key', masterkey: 'key', authkey: 'key',
  credential: 'credential', credentials: 'credential', creds: 'credential', cvv: 'credential', cvc: 'credential', otp: 'credential',
}; // prettier-ignore

/** Words that make a key one that is to be kept to oneself, where they stand before it. */
const secretKeys =
  /^(?:api|app|application|access|private|secret|sec|auth|account|client|master|setup|enrol(?:l|lment)?|join|encryption|encrypt|decryption|signing|sign|signature|shared|service|admin|write|read|license|licence|deploy|deployment|ssh|rsa|hmac|aes|jwt|session|storage|subscription|functions?|host|webhook|integration|ingest|integrity|primary|secondary|cipher|crypto|server|live|prod|production|dd|stripe|openai|anthropic|datadog|azure|aws|gcp|google|maps|github|slack|sendgrid|twilio|algolia|mailgun|cloudflare|rails|django|laravel|unseal|decrypt|validation|machine|product|serial|activation|fal|rest|erlang|csrf|xsrf|jwk|vault|user|bot|agent|device|consumer|customer|developer|partner|merchant|tenant|push|vapid|firebase|twilio|azureml|openweather|rapid|rapidapi|pinecone|cohere|mistral|gemini|groq|claude|llm|hf|huggingface|mandrill|postmark|resend|plaid|square|paypal|braintree|adyen|mollie|paddle|shopify|segment|amplitude|sentry|bugsnag|rollbar|honeycomb|newrelic|grafana|loki|elastic|meili|typesense|upstash|supabase|neon|turso|fly|render|vercel|netlify|heroku|cloudinary|imgix|mapbox|etherscan|infura|alchemy|binance|kraken|coinbase)$/;

/** Parts that, standing last, make the name that of something about the secret, or of a thing that only sounds like one. */
const aboutParts =
  /^(?:files?|filename|path|dir|directory|folder|urls?|uri|endpoint|host|port|name|names|ids?|arn|types?|kind|length|len|size|min|max|count|counts|total|num|limits?|budget|usage|used|expiry|expires|expiration|expired|exp|ttl|lifetime|timeout|age|at|date|time|updated|created|changed|rotated|policy|field|fields|column|header|headers|param|params|provider|enabled|disabled|required|optional|reset|forgot|forgotten|valid|invalid|validator|validation|verified|version|algorithm|alg|algo|format|encoding|hint|label|placeholder|title|text|message|msg|error|errors|regex|pattern|manager|service|store|storage|ref|refs|reference|prefix|suffix|strategy|mode|method|status|state|source|input|output|index|position|pos|offset|start|end|rotation|strength|score|attempts|retries|issuer|audience|scope|scopes|class|component|page|screen|form|view|controller|handler|middleware|factory|builder|bucket|cache|map|list|set|schema|model|table|owner|user|username|address|info|exists|present|missing|required|supported|mismatch|usages|spec|url|fingerprint|thumbprint|selector|item|order|down|up|press|event|events|code|codes|color|colour|duration|percentage|percent|count|background|icon|button|dialog|modal|board|frame|frames|word|words|space|stream|pair|pairs|rate|encoder|decoder|exception|repository|dto|filter|interceptor|configuration|config|properties|options|settings|request|response|listener|resolver|generator|parser|converter|mapper|utils|helper|module|plugin|test|tests|spec|specs|job|worker|mailer|notifier|scheduler|guard|authenticator)$/;

/** Codes that let somebody in once, what they are derived from, and the cookie that nodes of Erlang know each other by. */
const onceParts =
  /(?:^|_)(?:(?:otp|totp|mfa|2fa|two_?factor|recovery|backup|one_?time|security|verification|sms|login|unlock)_?(?:codes?|seeds?|pins?)|pin_?codes?|(?:seed|recovery|backup|secret|wallet|mnemonic)_?(?:phrases?|words)|(?:activation|registration|licen[sc]e|serial|product|unlock|access)_?(?:codes?|numbers?)|erlang_?cookie|auth_?user_?info|honeycomb_?team|(?:pagerduty|pd)_(?:routing|integration|service)_?keys?)$/;

/** What is counted, parsed or looked up, and no secret. */
const innocentNames =
  /(?:^|[_.-])(?:public|publishable|primary_?key_?(?:name|column)|foreign|partition|sort|cache|idempotency|idempotent|dedup(?:lication)?|routing|registry|object|s3|row|unique|composite|natural|query|lookup|translation|i18n|storage_?key|group|hash_?key|range|react|dict|map|json|sort|hot|short_?cut|arrow|prompt|completion|input|output|max|min|total|num|n|next_?page|page|continuation|cursor|sync|next|previous|prev|unexpected|csrf_?header)[_.-]?(?:keys?|tokens?)$/i;

/** Splits a name as people do: at separators and where a capital follows a small letter. `dbAccessKey_2` → db, access, key, 2. */
function partsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '' && !/^\d+$/.test(part));
}

/** Logs repeat few names; the judgement of one costs microseconds. */
const judged = new Map<string, TellingName | undefined>();
const mostJudged = 2_000;

/** What a name tells, or `undefined` where nothing: `compass`, `tokenizer`, `password_file`. */
export function tellingName(name: string): TellingName | undefined {
  if (judged.has(name)) return judged.get(name);
  if (judged.size >= mostJudged) judged.clear();
  const telling = judge(name);
  judged.set(name, telling);
  return telling;
}

function judge(name: string): TellingName | undefined {
  const parts = partsOf(name);
  // What a cluster appends to a name says nothing: token-service-5f193c7684
  while (parts.length > 2 && /^(?=.*\d)[a-z0-9]{5,}$/.test(parts.at(-1) ?? '')) parts.pop();
  const last = parts.at(-1) ?? '';
  if (onceParts.test(parts.join('_'))) return { kind: 'credential', strong: true };
  if (parts.length === 0 || (parts.length > 1 && aboutParts.test(last)) || innocentNames.test(parts.join('_')))
    return undefined;
  for (let at = parts.length - 1; at >= 0; at -= 1) {
    const part = parts[at] ?? '';
    const kind = strongParts[part] ?? endingOf(part);
    if (kind !== undefined) return { kind, strong: true };
    if (part === 'key' || part === 'keys') {
      // A header of its own: X-Gotify-Key
      if (/^-{0,2}x-[a-z-]{2,40}-key$/i.test(name)) return { kind: 'key', strong: true };
      if (secretKeys.test(parts[at - 1] ?? '')) return { kind: 'key', strong: true };
      return { kind: 'key', strong: false };
    }
    if (part === 'auth' && at === parts.length - 1) return { kind: 'credential', strong: false };
    if (/^(?:csrf|xsrf|refresh)$/.test(part) && at === parts.length - 1) return { kind: 'token', strong: false };
    if (part === 'salt' && at === parts.length - 1) return { kind: 'secret', strong: false };
  }
  return undefined;
}

/** `dbpassword`, `mysqlpwd`, `githubtoken`: words run together. */
function endingOf(part: string): TellingName['kind'] | undefined {
  if (/(?:password|passwd|passphrase|passcode|passwort|kennwort|motdepasse|pwd)\d*$/.test(part)) return 'password';
  if (/secretproof$/.test(part)) return 'secret';
  if (
    /^(?:my|db|user|admin|root|smtp|mail|ftp|sql|pg|ldap|ssh|sudo|become|trust|store|key|\w{2,12}(?:store|key))pass$/.test(
      part,
    )
  )
    return 'password';
  if (
    /(?:client|app|shared|api|consumer|auth|oauth|jwt|hmac|signing|webhook|session|cookie|encryption|channel|bot|user|md5|sip|token|account|master|key)secret$/.test(
      part,
    )
  )
    return 'secret';
  if (
    /(?:auth|access|api|bot|user|refresh|bearer|session|github|gitlab|npm|id|security|csrf|xsrf|push|device|service|admin|master|deploy|agent|private|personal|api|jwt|slack|vault|webhook|invite|reset|login|magic)token$/.test(
      part,
    )
  )
    return 'token';
  if (
    /(?:api|access|private|secret|account|encryption|signing|auth|license|licence|product|serial|activation|webhook|master|hmac|jwt|aes|rsa|ssh|deploy|storage|shared|client|server|admin|app|subscription|machine)key$/.test(
      part,
    )
  )
    return 'key';
  return undefined;
}
