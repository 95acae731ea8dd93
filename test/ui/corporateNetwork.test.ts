import assert from 'node:assert/strict';
import { startCorporateNetwork } from '../support/corporateNetwork.ts';
import type { CorporateNetwork } from '../support/corporateNetwork.ts';
import { startSocksProxy } from '../support/socksProxy.ts';
import { demoScene, PanelPage } from '../support/incidentWindow.ts';
import type { DemoScene } from '../support/incidentWindow.ts';
import { useWorkbench } from '../support/use-workbench.ts';

/** What the panel may take to say what went wrong, with all attempts, on a slow machine; in ms. */
const patience = 90_000;

describe('a corporate network: a proxy, and a certificate authority of its own', function () {
  this.timeout(180_000);
  let scene: DemoScene;
  let network: CorporateNetwork;
  const workbench = useWorkbench(async () => {
    scene = await demoScene();
    network = await startCorporateNetwork(scene.claude.url);
    return {
      folder: scene.folder,
      env: {
        ...scene.env,
        ANTHROPIC_BASE_URL: network.url,
        NODE_EXTRA_CA_CERTS: network.authorityFile,
        HTTPS_PROXY: network.proxyUrl,
        NO_PROXY: 'localhost,127.0.0.1,.direct.example.test',
      },
      viewport: { width: 1400, height: 1000 },
    };
  });
  after(async () => {
    await network.stop();
    await scene.dispose();
  });
  const panel = (): PanelPage => new PanelPage(workbench());
  const latest = () => panel().replies(1).last();
  /** Questions so far: of a step with many, the panel shows the last replies only. */
  let asked = 0;
  const askAgain = async (): Promise<void> => {
    await panel().ask(1);
    asked += 1;
    await panel().frame.getByText(`What was sent (${asked})`).waitFor();
  };
  const untilAnswered = () =>
    panel().step(1).locator('.streaming-line').waitFor({ state: 'detached', timeout: patience });
  const answered = async (): Promise<void> => {
    const before = scene.claude.requests().length;
    await askAgain();
    await untilAnswered();
    await latest()
      .getByText(/payment\.js/)
      .first()
      .waitFor();
    assert.equal(scene.claude.requests().length, before + 1);
  };
  const failsWith = async (words: RegExp, help: RegExp): Promise<void> => {
    const before = scene.claude.requests().length;
    await askAgain();
    await latest().getByText(words).waitFor({ timeout: patience });
    await latest().getByText(help).waitFor({ timeout: patience });
    await untilAnswered();
    assert.equal(scene.claude.requests().length, before, 'nothing came through');
  };

  it('is gone through by HTTPS_PROXY, and its authority is trusted by NODE_EXTRA_CA_CERTS', async () => {
    await panel().open();
    await panel().addErrorText('TypeError: Cannot read property stripe_key of undefined\n    at payment.js:47:30');
    await answered();
    assert.deepEqual(network.tunnels(), [{ credentials: '' }]);
  });

  it('says that the proxy wants a password, and what to do', async () => {
    const headers = { 'proxy-authenticate': 'Negotiate', 'x-request-id': 'px-7' };
    network.answerWith({ status: 407, reason: 'Proxy Authentication Required', headers });
    await failsWith(
      /could not be reached: the proxy did not let it through \(the proxy answered 407 Proxy Authentication Required, request px-7\)\.$/,
      /wants a user name and password: put them into http\.proxy/,
    );
  });

  it('says that the proxy cannot reach it, after attempts', async () => {
    const before = network.tunnels().length;
    network.answerWith({ status: 502, reason: 'Bad Gateway' });
    await failsWith(/the proxy did not let it through \(the proxy answered 502 Bad Gateway\)\.$/, /Check http\.proxy/);
    assert.equal(network.tunnels().length, before + 3);
  });

  it('says that the proxy is down', async () => {
    await network.proxyDown();
    await failsWith(/the proxy did not let it through \(.*ECONNREFUSED.*\)\.$/, /HTTPS_PROXY and NO_PROXY/);
    await network.proxyUp();
    network.answerWith('tunnel');
    await answered();
  });

  it('says that nobody vouches for who answers, and sends no key', async () => {
    const before = network.tunnels().length;
    network.answerWith('intercept');
    await failsWith(/its certificate was not accepted \(.*\)\.$/, /have this machine trust its certificate authority/);
    assert.equal(network.tunnels().length, before + 1, 'it is not tried again');
    network.answerWith('tunnel');
  });

  it('is not gone through for what NO_PROXY names, and is for all else', async () => {
    const before = network.tunnels().length;
    for (const [address, words] of [
      ['https://claude.direct.example.test', /its name was not found/],
      ['https://other.example.test', /the proxy did not let it through/],
    ] as const) {
      await workbench().command('Incident: Add Endpoint');
      for (const [title, text] of [
        ['Add Endpoint: address', address],
        ['Add Endpoint: name', 'Direct'],
        ['API Key for Direct', 'gatekey-direct-7f3a91c2'],
      ] as const) {
        await workbench().page.locator('.quick-input-titlebar').getByText(title, { exact: true }).waitFor();
        await workbench().quickInput().fill(text);
        await workbench().page.keyboard.press('Enter');
      }
      const message = workbench().page.locator('.quick-input-message').getByText(words);
      await message.waitFor({ timeout: patience });
      await workbench().page.keyboard.press('Escape');
      await message.waitFor({ state: 'hidden' });
    }
    assert.equal(network.tunnels().length, before, 'no tunnel to Claude');
  });

  it('is gone through by http.proxy with its user name, before the environment', async () => {
    const withUser = network.proxyUrl.replace('//', '//nightshift:s3cret-of-proxy@');
    await workbench().changeSettings({ 'http.proxy': withUser, 'http.fetchAdditionalSupport': false });
    await panel().open();
    await answered();
    assert.deepEqual(network.tunnels().at(-1), { credentials: 'nightshift:s3cret-of-proxy' });
    await network.proxyDown();
    await failsWith(/the proxy did not let it through/, /Check http\.proxy/);
    assert.ok(!(await panel().frame.locator('body').innerText()).includes('s3cret-of-proxy'), 'the password is shown');
    await network.proxyUp();
  });

  it('is not gone through for what http.noProxy names: its name is then not found, which is said', async () => {
    const before = network.tunnels().length;
    await workbench().changeSettings({ 'http.noProxy': ['claude.example.test'] });
    await panel().open();
    await failsWith(/its name was not found \(.*claude\.example\.test.*\)\.$/, /Check its address, the network/);
    assert.equal(network.tunnels().length, before);
  });

  it('is gone through by a SOCKS proxy, which is given the name and not an address', async () => {
    const socks = await startSocksProxy(new URL(network.url).hostname, network.port);
    try {
      const before = network.tunnels().length;
      await workbench().changeSettings({ 'http.noProxy': [], 'http.proxy': socks.url });
      await panel().open();
      await answered();
      assert.ok(socks.wishes().includes(`${new URL(network.url).hostname}:443`));
      assert.equal(network.tunnels().length, before);
    } finally {
      await socks.stop();
    }
    await failsWith(/the proxy did not let it through/, /Check http\.proxy/);
  });
});
