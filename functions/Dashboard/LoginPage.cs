using FundingFlow.Functions.Http;

namespace FundingFlow.Functions.Dashboard;

public static class LoginPage
{
    public static Html Of(string forumName, string? error, string nonce) => Layout.Of($"Sign in · {forumName}", nonce, refreshes: false, body: Html.Of($"""
        <main class="login">
        <div class="card">
        <p class="soft small">{forumName}</p>
        <h1>Staff overview</h1>
        {Html.When(error is not null, () => Html.Of($"<p class=\"critical\" role=\"alert\" id=\"error\">{error}</p>"))}
        <form method="post" action="/dashboard/login">
        <label for="key">Your key</label>
        <input id="key" name="key" type="password" autocomplete="current-password" required maxlength="200" spellcheck="false" aria-describedby="hint">
        <p id="hint" class="soft small">A key of role staff or reader. It is exchanged for a cookie that lasts twelve hours and does not hold the key.</p>
        <button>Sign in</button>
        </form>
        </div>
        </main>
        """));
}
