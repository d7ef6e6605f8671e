using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Pledges;

public static class PledgeServices
{
    public static IServiceCollection AddPledges(this IServiceCollection services) => services
        .AddSingleton<PledgeStore>()
        .AddSingleton<PledgeLines>()
        .AddSingleton<PledgeRules>()
        .AddSingleton<PledgeBooks>()
        .AddSingleton<PledgeQueries>()
        .AddSingleton<PledgeCommands>()
        .AddSingleton<CommandStore>()
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
