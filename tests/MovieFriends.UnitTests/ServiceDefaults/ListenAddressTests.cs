using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MovieFriends.Consumer;
using MovieFriends.Extensions;
using MovieFriends.Seeder;
using MovieFriends.ServiceDefaults.Hosting;
using Xunit;

namespace MovieFriends.UnitTests.ServiceDefaults;

public sealed class ListenAddressTests
{
    private const string Graph = "--ConnectionStrings:graph=bolt://127.0.0.1:1";

    [Fact]
    public void A_port_that_is_taken_is_refused_with_the_address()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var error = Assert.Throws<ConfigurationException>(() => ConsumerHost.Build([Graph, "--ConnectionStrings:kafka=127.0.0.1:1", $"--urls={url}"]));

        Assert.StartsWith($"ASPNETCORE_URLS has '{url}', which cannot be listened on", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_is_none_is_refused() =>
        Assert.StartsWith("ASPNETCORE_URLS has '8080': must be an address", Assert.Throws<ConfigurationException>(() => ListenAddress.Check("8080")).Message, StringComparison.Ordinal);

    [Fact]
    public void Without_an_address_a_free_port_of_the_loopback_is_taken()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());

        builder.UseListenAddress();

        Assert.Equal("http://127.0.0.1:0", builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey));
    }

    [Fact]
    public void No_service_watches_its_configuration()
    {
        using var seeder = SeederHost.Build([Graph]);
        using var consumer = ConsumerHost.Build([Graph, "--ConnectionStrings:kafka=127.0.0.1:1", "--urls=http://127.0.0.1:0"]);

        Assert.All([seeder, consumer], host => Assert.All(
            ((IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>()).Providers.OfType<FileConfigurationProvider>(),
            provider => Assert.False(provider.Source.ReloadOnChange)));
    }
}
