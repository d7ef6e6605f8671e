using FundingFlow.Pledges.Commands;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Pledges;

public static class PledgeServices
{
    public static IServiceCollection AddPledges(this IServiceCollection services) => services
        .AddSingleton<PledgeStore>()
        .AddSingleton<PledgeLines>()
        .AddSingleton<PledgeRules>()
        .AddSingleton<PledgeOpening>()
        .AddSingleton<ExpiringPledges>()
        .AddSingleton<PledgeExpiry>()
        .AddSingleton<PledgeBooks>()
        .AddSingleton<PledgeWaits>()
        .AddSingleton<PledgeQueries>()
        .AddPledgeCommands()
        .AddSingleton<SubmittedLog>()
        .AddSingleton<PledgeIntake>()
        .AddSingleton<IPledgeIntake>(provider => provider.GetRequiredService<PledgeIntake>())
        .AddSingleton<BulkRows>()
        .AddSingleton<BulkIntake>()
        .AddSingleton<PledgeIngestion>()
        .AddSingleton<TogetherIngestion>()
        .AddSingleton<Sweep>()
        .AddSingleton<FailedMessages>();
}
