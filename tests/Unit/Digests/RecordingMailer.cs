using FundingFlow.Digests;

namespace FundingFlow.Tests.Unit.Digests;

/// <summary>Takes every mail, or answers as the test says.</summary>
internal sealed class RecordingMailer : IMailer
{
    public List<Email> Sent { get; } = [];
    public Func<Email, Task<Delivery>>? Answer { get; set; }
    public bool IsConfigured { get; set; } = true;

    public async Task<Delivery> SendAsync(Email email, CancellationToken stop)
    {
        var delivery = Answer is { } answer ? await answer(email) : Delivery.Done;
        if (delivery.Accepted) lock (Sent) Sent.Add(email);
        return delivery;
    }
}
